import { useEffect, useState } from 'react';
import { formatCount } from '../../shared/parts/event-text.ts';
import { Button } from '../../shared/parts/button.tsx';
import { Dialog } from '../../shared/parts/dialog.tsx';
import { Heading } from '../../shared/parts/heading.tsx';
import { Loading } from '../../shared/parts/loading.tsx';
import { Problem } from '../../shared/parts/problem.tsx';
import { SignInButton } from '../../shared/parts/sign-in-first.tsx';
import { useServices } from '../../shared/services.ts';
import { texts as common } from '../../shared/texts.ts';
import { momentOf } from '../../shared/time.ts';
import { addressOf, go, guestsRoute, listRoute } from '../router.ts';
import { texts as ownTexts } from '../texts.ts';
import { CameraView } from './camera-view.tsx';
import { type Door, type DoorState, insideCount, unsentOf } from './door.ts';
import { signal } from './feedback.ts';
import { GuestSearch } from './guest-search.tsx';
import type { Keeper } from './kept.ts';
import { notATicket, resultOf } from './result.ts';
import { ResultCard } from './result-card.tsx';
import { ScanList } from './scan-list.tsx';
import type { Scan } from './store.ts';
import { texts as linkTexts } from './link-texts.ts';
import { texts } from './texts.ts';
import { useDoor } from './use-door.ts';
import './door.css';

interface CheckInViewProps {
  readonly eventId: string;
  /** The signed-in user or, without a sign-in, the one for whom this device keeps the list. */
  readonly keeper: Keeper;
}

/** The view for the door of an event: made for a phone in one hand, and for a network that comes and goes. */
export function CheckInView({ eventId, keeper }: CheckInViewProps) {
  const opened = useDoor(eventId, keeper);
  if (!opened) return <Loading what={linkTexts.theCheckIn} />;
  const { door, state } = opened;
  const name = state.list?.event.name;
  return (
    <div className="door">
      <div className="door-head">
        <a className="back" href={addressOf(guestsRoute(eventId))}>
          {ownTexts.guests}
        </a>
        <Heading title={name === undefined ? linkTexts.checkIn : `${linkTexts.checkIn}: ${name}`}>
          {linkTexts.checkIn}
        </Heading>
        {name !== undefined && (
          <p className="door-event">
            <bdi>{name}</bdi>
          </p>
        )}
      </div>
      <Status state={state} />
      <Notices state={state} retry={() => void door.sync()} />
      {state.connection !== 'refused' && <OpenDoor door={door} state={state} keeper={keeper} />}
    </div>
  );
}

/** How many are inside, and how current that is. */
function Status({ state }: { readonly state: DoorState }) {
  const { list, connection, scans } = state;
  const unsent = unsentOf(scans);
  const confirmed = list?.guests.filter(({ status }) => status === 'confirmed').length ?? 0;
  const connections = {
    connecting: texts.connecting,
    online: texts.online,
    offline: texts.offline,
    'signed-out': texts.signedOut,
    refused: texts.refused,
  };
  return (
    <div className="door-status">
      <dl className="counts">
        <div>
          <dt>{texts.inside}</dt>
          <dd>{list ? texts.insideOf(formatCount(insideCount(state)), formatCount(confirmed)) : '–'}</dd>
        </div>
      </dl>
      <p>
        <span className={`badge ${connection}`}>{connections[connection]}</span>{' '}
        <span role="status">
          {unsent === 0 ? scans.length > 0 && texts.allSent : <strong>{texts.unsent(unsent)}</strong>}
        </span>
        <br />
        <span className="hint">
          {list ? texts.listFrom(momentOf(list.loadedAt, list.event.timeZone)) : texts.noList}
        </span>
      </p>
    </div>
  );
}

function Notices({ state: { connection, error, isDurable }, retry }: { readonly state: DoorState; retry(): void }) {
  return (
    <>
      {connection === 'refused' &&
        (error?.code === 'forbidden' || error?.code === 'not-event-organizer' ? (
          <div className="notice empty">
            <h2>{ownTexts.notYourEvent[0]}</h2>
            <p>{ownTexts.notYourEvent[1]}</p>
          </div>
        ) : (
          error && <Problem error={error} retry={retry} />
        ))}
      {connection === 'signed-out' && (
        <div className="notice concurrent-change" role="alert">
          <h2>{texts.signInToSend[0]}</h2>
          <p>{texts.signInToSend[1]}</p>
          <SignInButton label={common.signInAgain} />
        </div>
      )}
      {!isDurable && (
        <div className="notice concurrent-change" role="alert">
          <h2>{texts.notDurable[0]}</h2>
          <p>{texts.notDurable[1]}</p>
        </div>
      )}
    </>
  );
}

interface OpenDoorProps {
  readonly door: Door;
  readonly state: DoorState;
  readonly keeper: Keeper;
}

function OpenDoor({ door, state, keeper }: OpenDoorProps) {
  const [shown, setShown] = useState<Scan | 'not-a-ticket'>();
  const [count, setCount] = useState(0);
  const [hasSound, setSound] = useState(true);
  const result = shown === 'not-a-ticket' ? notATicket : shown && resultOf(shown, state);

  function show(scan: Scan | undefined): void {
    setShown(scan ?? 'not-a-ticket');
    setCount((before) => before + 1);
  }
  useEffect(() => {
    if (result) signal(result.tone, hasSound);
  }, [count]);
  const scan = async (text: string) => show(await door.scan(text));

  return (
    <>
      <CameraView hasSound={hasSound} setSound={setSound} found={scan} />
      <div className="door-work">
        {/* A new element for each scan, so that screen readers also announce the same words again. */}
        <div role="status" aria-live="assertive">
          {result && (
            <ResultCard
              key={count}
              result={result}
              letIn={() => void (result.scan && door.admit(result.scan).then(show))}
              undo={() => void (result.scan && door.undo(result.scan))}
            />
          )}
        </div>
        <GuestSearch state={state} scan={scan} checkIn={async ({ number }) => show(await door.checkIn(number))} />
        <ScanList state={state} undo={(one) => void door.undo(one)} />
        <KeptData door={door} state={state} keeper={keeper} />
      </div>
    </>
  );
}

/** Says what this device keeps, and removes it. */
function KeptData({ door, state, keeper }: OpenDoorProps) {
  const { visitor } = useServices();
  const [asks, setAsks] = useState(false);
  const unsent = unsentOf(state.scans);
  async function forget(): Promise<void> {
    await door.forget();
    // Without a sign-in, there is nothing else to show.
    if (visitor) go(listRoute());
    else location.reload();
  }
  return (
    <footer className="door-kept">
      <p className="hint">
        {texts.kept} {!visitor && texts.keptFor(keeper.name)}
      </p>
      <Button variant="quiet" onClick={() => setAsks(true)}>
        {texts.forget}
      </Button>
      {asks && (
        <Dialog
          title={texts.forgetQuestion}
          confirmLabel={texts.forget.replace('…', '')}
          closeLabel={linkTexts.keep}
          confirm={() => void forget()}
          close={() => setAsks(false)}
        >
          <p>{unsent === 0 ? texts.forgetExplained : linkTexts.lost(unsent)}</p>
        </Dialog>
      )}
    </footer>
  );
}
