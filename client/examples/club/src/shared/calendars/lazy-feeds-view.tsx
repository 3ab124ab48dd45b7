import { lazyView } from '../parts/lazy-view.tsx';
import { texts } from './texts.ts';

/** The calendar feeds of the visitor, loaded when they are first shown. */
export const FeedsView = lazyView(texts.theFeeds, async () => (await import('./feeds-view.tsx')).FeedsView);
