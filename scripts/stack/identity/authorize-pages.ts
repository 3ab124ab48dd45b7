/** The pages that the local issuer shows to a visitor. */
import type { LocalUser } from './users.ts';

/** For the header `Content-Security-Policy` of these pages: they need their own style and nothing else. */
export const pagePolicy =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#f6f5f2, #161513); color: light-dark(#1d1b18, #f0eeea) }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center }
  main { box-sizing: border-box; width: min(26rem, 100vw); padding: 2rem 1.5rem }
  h1 { font-size: 1.4rem; margin: 0 0 .25rem }
  p { margin: 0 0 1.25rem; color: light-dark(#5d5850, #b5aea3) }
  ul { list-style: none; margin: 0 0 1.25rem; padding: 0; display: grid; gap: .6rem }
  li a { display: block; padding: .8rem 1rem; border: 1px solid light-dark(#dcd8d0, #3a3732); border-radius: .6rem; color: inherit; text-decoration: none; background: light-dark(#fff, #201e1b) }
  li a:hover { border-color: light-dark(#0f5c4a, #6fcfb4) }
  a { color: light-dark(#0f5c4a, #6fcfb4) }
  a:focus-visible { outline: 3px solid light-dark(#0f5c4a, #6fcfb4); outline-offset: 2px }
  li span { display: block; color: light-dark(#5d5850, #b5aea3); font-size: .9rem }
`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

const page = (title: string, content: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<title>${title}</title>
<style>${style}</style>
</head>
<body><main>
<h1>${title}</h1>
${content}
</main></body>
</html>
`;

/** Whom a visitor can choose. Any other name is another attendee, too; these are enough for a waitlist. */
const choices: Readonly<Record<LocalUser, string>> & Readonly<Record<string, string>> = {
  organizer: 'creates events, and manages the guests',
  rival: 'another organizer',
  attendee: 'registers for events',
  ada: 'another attendee',
  jonas: 'another attendee',
};

/**
 * Asks who signs in: one link for each choice, and one that leaves without any.
 *
 * @param path where the links lead, each with the request's own parameters and a `login_hint`
 * @param back where the visitor goes without a choice
 */
export function choicePage(path: string, query: URLSearchParams, back: string): string {
  const links = Object.entries(choices).map(([user, role]) => {
    const target = new URLSearchParams(query);
    target.set('login_hint', user);
    return `<li><a href="${escaped(`${path}?${target}`)}">${user}<span>${role}</span></a></li>`;
  });
  return page(
    'Who signs in?',
    `<p>This is the sign-in of the local stack. These users have no passwords: choose one.</p>\n<ul>\n${links.join('\n')}\n</ul>\n<a href="${escaped(back)}">Back without signing in</a>`,
  );
}

/** Says why the request was refused. */
export function errorPage(reason: string): string {
  return page('This sign-in is refused', `<p>${escaped(reason)}</p>`);
}
