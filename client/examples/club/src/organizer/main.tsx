import { startPage } from '../shared/start.tsx';
import { View } from './app.tsx';
import { defaultFilters } from './list/filters.ts';
import { addressOf } from './router.ts';
import { texts } from './texts.ts';

startPage({
  purpose: texts.purpose,
  needsSignIn: true,
  home: addressOf({ name: 'list', filters: defaultFilters }),
  View,
});
