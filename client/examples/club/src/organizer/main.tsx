import { startPage } from '../shared/start.tsx';
import { View } from './app.tsx';
import { forgetCheckIns, keeperOf, removeExpired, unsentScans } from './check-in/kept.ts';
import { texts as checkInTexts } from './check-in/link-texts.ts';
import { defaultFilters } from './list/filters.ts';
import { addressOf, currentRoute } from './router.ts';
import { texts } from './texts.ts';

startPage({
  purpose: texts.purpose,
  needsSignIn() {
    const route = currentRoute();
    return !(route.name === 'check-in' && keeperOf(route.eventId));
  },
  eventId() {
    const route = currentRoute();
    return 'eventId' in route ? route.eventId : undefined;
  },
  home: addressOf({ name: 'list', filters: defaultFilters }),
  lostAtSignOut() {
    const unsent = unsentScans();
    return unsent === 0
      ? undefined
      : {
          title: checkInTexts.signOutQuestion,
          detail: checkInTexts.lost(unsent),
          confirm: checkInTexts.signOutAnyway,
          keep: checkInTexts.keep,
        };
  },
  onSignOut: forgetCheckIns,
  View,
});

removeExpired().catch(reportError);
