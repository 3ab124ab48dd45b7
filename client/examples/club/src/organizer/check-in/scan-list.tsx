import { Button } from '../../shared/parts/button.tsx';
import { isolated } from '../../shared/parts/bidi.ts';
import { momentOf } from '../../shared/time.ts';
import type { DoorState } from './door.ts';
import { type Result, resultOf, signs } from './result.ts';
import type { Scan } from './store.ts';
import { texts } from './texts.ts';

interface ScanListProps {
  readonly state: DoorState;
  undo(scan: Scan): void;
}

const maxRecent = 20;

/** What became of the scans of this device. Those that the API knows better than the device did come first. */
export function ScanList({ state, undo }: ScanListProps) {
  const results = state.scans.map((scan) => ({ scan, result: resultOf(scan, state) }));
  const isOpen = ({ scan, result }: (typeof results)[number]) =>
    scan.admitted && scan.sentAt !== undefined && scan.outcome !== 'checked-in' && result.canUndo;
  const [unclear, clear] = [results.filter(isOpen), results.filter((one) => !isOpen(one)).slice(0, maxRecent)];
  return (
    <>
      {unclear.length > 0 && (
        <section>
          <h2>{texts.toClarify}</h2>
          <ScanRows rows={unclear} state={state} undo={undo} />
        </section>
      )}
      <section>
        <h2>{texts.recent}</h2>
        {clear.length === 0 ? (
          <p className="hint">{texts.noneRecent}</p>
        ) : (
          <ScanRows rows={clear} state={state} undo={undo} />
        )}
      </section>
    </>
  );
}

interface ScanRowsProps extends ScanListProps {
  readonly rows: readonly { readonly scan: Scan; readonly result: Result }[];
}

function ScanRows({ rows, state, undo }: ScanRowsProps) {
  return (
    <ul className="door-scans">
      {rows.map(({ scan, result }) => (
        <li key={scan.scanId}>
          <span className={`sign ${result.tone}`} aria-hidden="true">
            {signs[result.tone]}
          </span>
          <div>
            <p className="name">
              <bdi>{scan.name ?? texts.outcomes['unknown-ticket']}</bdi>
            </p>
            <p className="hint">
              {[
                momentOf(scan.scannedAt, state.list?.event.timeZone ?? 'UTC'),
                texts.outcomes[result.outcome],
                ...result.lines.filter((line) => line !== state.list?.event.name),
              ].join(' · ')}
            </p>
          </div>
          {result.canUndo && (
            <Button variant="quiet" onClick={() => undo(scan)}>
              <span aria-hidden="true">{texts.undo}</span>
              <span className="hidden">{texts.undoOf(isolated(scan.name ?? ''))}</span>
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
