/** The script of the try-it page: Swagger UI, with the contract and the settings of the page. */

const { apiUrl, authorizationUrl, tokenUrl, clientId, redirectPath } = document.currentScript?.dataset ?? {};

showDarkMode();
if (apiUrl === undefined) keepOperation();
else void start();

/** Leads to the same operation on the page of the local stack. */
function keepOperation(): void {
  const link = document.querySelector<HTMLAnchorElement>('#local');
  if (link) link.hash = location.hash;
}

interface Flows {
  readonly [scheme: string]: { flows?: { authorizationCode?: Record<string, unknown> } };
}
interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters: readonly Named[] }>>>>;
  readonly components: { readonly securitySchemes: Flows };
}
interface Named {
  readonly name: string;
  readonly in: string;
}

async function start(): Promise<void> {
  const contract = (await (await fetch('try.json')).json()) as Contract;
  for (const { flows } of Object.values(contract.components.securitySchemes)) {
    if (flows?.authorizationCode)
      Object.assign(flows.authorizationCode, { authorizationUrl, tokenUrl, refreshUrl: tokenUrl });
  }
  const ui = SwaggerUIBundle({
    spec: { ...contract, servers: [{ url: new URL(apiUrl ?? '', location.href).href.replace(/\/$/, '') }] },
    dom_id: '#console',
    deepLinking: true,
    tryItOutEnabled: true,
    displayOperationId: true,
    displayRequestDuration: true,
    docExpansion: 'list',
    defaultModelsExpandDepth: -1,
    validatorUrl: null,
    oauth2RedirectUrl: new URL(redirectPath ?? '', location.href).href,
    plugins: [withoutRepetition],
    requestInterceptor: withoutOwnHeader,
    responseInterceptor: (response) => {
      fillIn(ui, contract, response);
      return response;
    },
  });
  ui.initOAuth({ clientId: clientId ?? '', usePkceWithAuthorizationCodeGrant: true });
  nameControls();
}

/** Swagger UI is dark where this class is, and not by the preference of the reader. */
function showDarkMode(): void {
  const preference = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => document.documentElement.classList.toggle('dark-mode', preference.matches);
  preference.addEventListener('change', apply);
  apply();
}

/** Issuers allow pages of other origins to send the form of a token request, and few allow this header of Swagger UI with it. */
function withoutOwnHeader(request: SwaggerUiRequest): SwaggerUiRequest {
  if (request.url === tokenUrl) delete request.headers['X-Requested-With'];
  return request;
}

/** What the page says itself, and links in buttons, which screen readers do not find. */
function withoutRepetition(): SwaggerUiPlugin {
  const nothing = () => () => null;
  return {
    wrapComponents: {
      InfoContainer: nothing,
      ServersContainer: nothing,
      DeepLink:
        (_original, { React }) =>
        ({ text }) =>
          React.createElement('span', null, text),
    },
  };
}

/** Fills the ids of a response in where an operation has a path parameter of the same name. */
function fillIn(ui: SwaggerUi, { paths }: Contract, { ok, body }: SwaggerUiResponse): void {
  if (!ok || body === null || typeof body !== 'object') return;
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { parameters }] of Object.entries(operations)) {
      for (const { name, in: place } of parameters) {
        const value = (body as Record<string, unknown>)[name];
        if (place !== 'path' || (typeof value !== 'string' && typeof value !== 'number')) continue;
        ui.specActions.changeParam([path, method], name, place, String(value), false);
      }
    }
  }
}

/** What Swagger UI leaves without a name, and buttons whose names lack the text that they show (WCAG 2.2, 2.5.3). */
const names: readonly (readonly [selector: string, name: (element: Element) => string])[] = [
  ['.parameters :is(input, select, textarea)', (one) => one.closest('tr')?.dataset['paramName'] ?? ''],
  ['.body-param__text', () => 'Request body'],
  ['.examples-select-element', () => 'Example'],
  ['.body-param-content-type select, .content-type', () => 'Media type'],
  ['.close-modal', () => 'Close the list'],
  ['.modal-btn.authorize', (one) => `${one.textContent}: ${schemeOf(one)}`],
];

/** The security scheme that a button in the dialog is for. */
function schemeOf(button: Element): string {
  const heading = button.closest('.auth-container')?.querySelector('h4')?.textContent ?? '';
  return /^\s*(\w+)/.exec(heading)?.[1] ?? '';
}

/** Names controls as they appear, and lets the keyboard scroll what is wider than the page. */
function nameControls(): void {
  const apply = () => {
    for (const [selector, name] of names) {
      for (const one of document.querySelectorAll(selector)) one.setAttribute('aria-label', name(one));
    }
    for (const one of document.querySelectorAll('#console pre:not([tabindex])')) one.setAttribute('tabindex', '0');
  };
  new MutationObserver(apply).observe(document.querySelector('#console') ?? document.body, {
    childList: true,
    subtree: true,
  });
}
