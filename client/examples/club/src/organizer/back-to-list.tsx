import { texts } from '../shared/texts.ts';
import { addressOf, listRoute } from './router.ts';

/** A link to the list that was shown last. */
export function BackToList() {
  return (
    <a className="back" href={addressOf(listRoute())}>
      {texts.allEvents}
    </a>
  );
}
