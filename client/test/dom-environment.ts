/** The environment of tests that render: that of all tests, with a document. */
import { Window } from 'happy-dom';
import ProjectEnvironment from '../../test/support/environment.ts';

export default class DomEnvironment extends ProjectEnvironment {
  readonly #window = new Window({ url: 'http://localhost/' });

  override async setup(): Promise<void> {
    await super.setup();
    // What React and TanStack Query look for; requests remain those of Node.js.
    const window = this.#window;
    const { document, navigator } = window;
    Object.assign(this.global, { window, document, navigator, IS_REACT_ACT_ENVIRONMENT: true });
  }

  override async teardown(): Promise<void> {
    await this.#window.happyDOM.close();
    await super.teardown();
  }
}
