/** What a scan came to, as the page shows it. */
import { isolated } from '../../shared/parts/bidi.ts';
import { momentOf } from '../../shared/time.ts';
import type { DoorState } from './door.ts';
import type { Tone } from './feedback.ts';
import type { Scan } from './store.ts';
import { type Outcome, texts } from './texts.ts';

/** A result, in words. */
export interface Result {
  readonly outcome: Outcome;
  readonly tone: Tone;
  readonly name?: string | undefined;
  readonly lines: readonly string[];
  readonly scan?: Scan | undefined;
  readonly canLetIn: boolean;
  readonly canUndo: boolean;
}

const tones: Readonly<Record<Outcome, Tone>> = {
  'checked-in': 'ok',
  'let-in': 'ok',
  'already-checked-in': 'look',
  waitlisted: 'look',
  undone: 'look',
  cancelled: 'stop',
  'event-cancelled': 'stop',
  'unknown-ticket': 'stop',
  'other-event': 'stop',
  'not-processed': 'stop',
  'not-a-ticket': 'stop',
};

/** The sign of each tone, for those who cannot tell the colors apart. */
export const signs: Readonly<Record<Tone, string>> = { ok: '✓', look: '!', stop: '✕' };

const admissible: readonly Outcome[] = ['waitlisted', 'cancelled', 'unknown-ticket', 'other-event', 'event-cancelled'];

/** The result of a text that is not a ticket. */
export const notATicket: Result = {
  outcome: 'not-a-ticket',
  tone: 'stop',
  lines: [texts.details['not-a-ticket'] ?? ''],
  canLetIn: false,
  canUndo: false,
};

/** The result of a scan, with what has become of it since. */
export function resultOf(scan: Scan, state: DoorState): Result {
  const now = state.scans.find(({ scanId }) => scanId === scan.scanId) ?? scan;
  const { outcome: processed, admitted, undoneAt, number, name } = now;
  const isIn = undoneAt === undefined && (admitted || processed === 'checked-in');
  const outcome: Outcome =
    undoneAt !== undefined ? 'undone' : admitted && admissible.includes(processed) ? 'let-in' : processed;
  const facts = [
    number === undefined ? undefined : texts.number(number),
    ...detailsOf(now, outcome, state),
    admitted && now.sentAt === undefined && undoneAt === undefined ? texts.waitsForNetwork : undefined,
  ];
  return {
    outcome,
    tone: tones[outcome],
    name,
    lines: facts.filter((fact) => fact !== undefined),
    scan: now,
    canLetIn: !isIn && undoneAt === undefined && admissible.includes(processed),
    canUndo: isIn,
  };
}

function detailsOf(scan: Scan, outcome: Outcome, state: DoorState): readonly (string | undefined)[] {
  const { list } = state;
  const timeOf = (instant: string) => momentOf(instant, list?.event.timeZone ?? 'UTC');
  switch (outcome) {
    case 'checked-in':
      return list ? [isolated(list.event.name)] : [];
    case 'already-checked-in': {
      if (scan.checkedInAt === undefined) return [];
      const isOwn = state.scans.some(
        ({ number, scanId, undoneAt }) => number === scan.number && scanId !== scan.scanId && undoneAt === undefined,
      );
      // The earliest scan counts, which may be this one although another device was faster to send its own.
      const isFirst = scan.admitted && scan.checkedInAt >= scan.scannedAt.slice(0, 19);
      const time = timeOf(scan.checkedInAt);
      return isFirst ? [texts.at(time), texts.alsoElsewhere] : [isOwn ? texts.hereAt(time) : texts.elsewhereAt(time)];
    }
    case 'let-in':
      return [texts.outcomes[scan.outcome]];
    case 'unknown-ticket':
      return [
        state.connection === 'online' || !list ? texts.details[outcome] : texts.unknownOffline(timeOf(list.loadedAt)),
      ];
    default:
      return [texts.details[outcome]];
  }
}
