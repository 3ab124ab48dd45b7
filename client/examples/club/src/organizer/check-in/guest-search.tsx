import { type SubmitEvent, useState } from 'react';
import { ticketCode } from '@event-management/client/tickets';
import { Button } from '../../shared/parts/button.tsx';
import { isolated } from '../../shared/parts/bidi.ts';
import { texts as common } from '../../shared/texts.ts';
import { isFound } from '../guests/filters.ts';
import { type DoorState, insideSince } from './door.ts';
import type { Guest } from './store.ts';
import { texts } from './texts.ts';

interface GuestSearchProps {
  readonly state: DoorState;
  checkIn(guest: Guest): Promise<void>;
  /** Called with a text that is a code, or that finds no one. */
  scan(text: string): Promise<void>;
}

/** How many guests a small screen has room for. */
const maxMatches = 6;

/** Checks people in without a camera: by name or number from the list on this device, or with the code, as a scanner that emulates a keyboard types it. */
export function GuestSearch({ state, checkIn, scan }: GuestSearchProps) {
  const [text, setText] = useState('');
  const isCode = ticketCode(text) !== undefined;
  const matches =
    text.trim() === '' || isCode
      ? []
      : (state.list?.guests ?? []).filter((guest) => guest.name !== undefined && isFound(guest, text));
  const exact = matches.filter(({ number }) => `${number}` === text.trim());
  const shown = [...exact, ...matches.filter((guest) => !exact.includes(guest))].slice(0, maxMatches);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const [only] = exact.length === 1 ? exact : matches.length === 1 ? matches : [];
    if (only) void choose(only);
    else if (isCode || (text.trim() !== '' && matches.length === 0)) {
      setText('');
      void scan(text);
    }
  }
  async function choose(guest: Guest): Promise<void> {
    setText('');
    await checkIn(guest);
  }

  return (
    <section className="door-search">
      <form onSubmit={submit} role="search">
        <div className="field">
          <label htmlFor="door-search">{texts.search}</label>
          <input
            id="door-search"
            type="search"
            value={text}
            placeholder={texts.searchHint}
            autoComplete="off"
            autoCapitalize="off"
            enterKeyHint="go"
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </div>
      </form>
      <ul className="door-guests">
        {shown.map((guest) => (
          <GuestMatch key={guest.number} guest={guest} state={state} checkIn={() => void choose(guest)} />
        ))}
      </ul>
      <p className="hint" role="status">
        {text.trim() !== '' && !isCode && state.list && matches.length === 0 && texts.noMatch}
        {matches.length > shown.length && texts.moreMatches(matches.length - shown.length)}
      </p>
    </section>
  );
}

interface GuestMatchProps {
  readonly guest: Guest;
  readonly state: DoorState;
  checkIn(): void;
}

function GuestMatch({ guest, state, checkIn }: GuestMatchProps) {
  const { number, name = '', status } = guest;
  const isInside = insideSince(guest, state) !== undefined;
  return (
    <li>
      <span className="number">{number}</span>
      <span className="name">
        <bdi>{name}</bdi>
        {isInside && <span className="badge confirmed">{texts.isInside}</span>}
        {status !== 'confirmed' && <span className={`badge ${status}`}>{common.registrationStatus[status]}</span>}
      </span>
      <Button variant={isInside || status !== 'confirmed' ? undefined : 'primary'} onClick={checkIn}>
        <span aria-hidden="true">{texts.check}</span>
        <span className="hidden">{texts.checkInOf(isolated(name))}</span>
      </Button>
    </li>
  );
}
