import { FeedsView } from '../../shared/calendars/lazy-feeds-view.tsx';
import { texts as feedTexts } from '../../shared/calendars/texts.ts';
import { useServices } from '../../shared/services.ts';
import { SignInFirst } from '../../shared/parts/sign-in-first.tsx';
import { addressOf } from '../router.ts';
import { texts } from '../texts.ts';

/** The visitor's calendar feeds, of the events that the visitor is registered for. */
export function CalendarsView() {
  const { visitor } = useServices();
  if (!visitor) return <SignInFirst message={[feedTexts.title, texts.signInToSee]} />;
  const back = (
    <a className="back" href={addressOf({ name: 'registrations' })}>
      {texts.mine}
    </a>
  );
  return <FeedsView source={{ kind: 'my-registrations' }} back={back} />;
}
