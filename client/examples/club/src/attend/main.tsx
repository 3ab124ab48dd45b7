import { startPage } from '../shared/start.tsx';
import { View } from './app.tsx';
import { forgetKept } from './kept.ts';
import { addressOf, home } from './router.ts';
import { texts } from './texts.ts';

startPage({
  purpose: texts.purpose,
  needsSignIn: () => false,
  home,
  links: (
    <a className="my-tickets" href={addressOf({ name: 'registrations' })}>
      {texts.mine}
    </a>
  ),
  onSignOut: forgetKept,
  View,
});
