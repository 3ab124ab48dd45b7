import { renderTryPage, tryFiles } from './page.ts';

const settings = {
  apiUrl: 'https://api.example.com/v1',
  authorizationUrl: 'https://login.example.com/authorize',
  tokenUrl: 'https://login.example.com/token',
  clientId: 'a"client',
};
const policyOf = (html: string) => /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];

describe('the try-it page', () => {
  it('may connect to its API and its issuer, and runs no code of its own', () => {
    const html = renderTryPage('Events & more', settings);
    expect(policyOf(html)).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; " +
        "connect-src 'self' https://api.example.com https://login.example.com; base-uri 'none'; form-action 'none'",
    );
    expect(html).toContain('data-client-id="a&quot;client"');
    expect(html).toContain('<title>Try it – Events &amp; more</title>');
    expect(html).not.toMatch(/<script(?![^>]*src)|<style|style=/);
  });

  it('has neither a form nor Swagger UI if it belongs to no deployment', () => {
    const html = renderTryPage('Events', { url: 'http://127.0.0.1:3000/docs/try.html' });
    expect(html).not.toContain('swagger');
    expect(html).toContain('href="http://127.0.0.1:3000/docs/try.html"');
    expect(policyOf(html)).toContain("connect-src 'self';");
  });

  it('brings Swagger UI with its license, and no address of another host that a browser would load', () => {
    const files = tryFiles();
    expect(files['swagger-ui-license.txt']).toContain('Apache License');
    expect(files['swagger-ui.css']).not.toMatch(/url\(["']?(https?:)?\/\//);
    expect(files['oauth2-redirect.html']).toContain('no-referrer');
  });
});
