import { type HtmlOptions, toHtml } from './html.ts';

const options: HtmlOptions = {
  link: (target) => `../${target.replace('.md', '.html')}`,
  codeLink: (code) => (code === 'getEvent' ? '../operations/getEvent.html' : undefined),
};
const html = (markdown: string) => toHtml(markdown, options).html;

describe('HTML of Markdown', () => {
  it('has an anchor at each heading except the title, with a number where it would occur twice', () => {
    const { html: page, sections } = toHtml(
      '# A `b`\nx\n## Rate limits\ny\n## Rate limits\n\n| c |\n|---|\n| `d` |',
      options,
    );
    expect(page).toContain('<h1>A <code>b</code></h1>');
    expect(page.match(/<h2 id="[^"]+"/g)).toEqual(['<h2 id="rate-limits"', '<h2 id="rate-limits-1"']);
    expect(page).toContain('<a class="anchor" href="#rate-limits-1" aria-label="Link to “Rate limits”">#</a></h2>');
    expect(sections).toEqual([
      { level: 1, id: 'a-b', title: 'A b', text: 'x' },
      { level: 2, id: 'rate-limits', title: 'Rate limits', text: 'y' },
      { level: 2, id: 'rate-limits-1', title: 'Rate limits', text: 'c d' },
    ]);
  });

  it('links the names of operations, but not in links and headings', () => {
    const link = '<a href="../operations/getEvent.html"><code>getEvent</code></a>';
    expect(html('`getEvent` and `other`')).toBe(`<p>${link} and <code>other</code></p>\n`);
    expect(html('[`getEvent`](a.md#b)')).toBe('<p><a href="../a.html#b"><code>getEvent</code></a></p>\n');
    expect(html('## `getEvent`')).toContain('<h2 id="getevent"><code>getEvent</code> <a class="anchor"');
    expect(html('[a](https://b.test) [c](#d)')).toBe('<p><a href="https://b.test">a</a> <a href="#d">c</a></p>\n');
  });

  it('colors code whose language it knows, and changes no character of it', () => {
    const code = `const a = await b('<c> & "d"'); // e\n`;
    const page = html(`\`\`\`js\n${code}\`\`\``);
    expect(page).toContain('data-language="JavaScript"');
    expect(page).toContain('<span class="hljs-keyword">const</span>');
    const shown = page
      .replace(/<[^>]+>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#x27;', "'")
      .replaceAll('&amp;', '&');
    expect(shown.trim()).toBe(code.trim());
    expect(html('```text\n<a>\n```')).toContain('<code>&lt;a&gt;</code>');
  });

  it('shows elements of HTML as text', () => {
    expect(html('a <script>b</script> <br> <img src=x onerror=y>')).toBe(
      '<p>a &lt;script&gt;b&lt;/script&gt; <br> &lt;img src=x onerror=y&gt;</p>\n',
    );
  });

  it('has tables that scroll by themselves', () => {
    expect(html('| a |\n|---|\n| `b` |')).toMatch(
      /^<div class="table" role="group" aria-label="Table" tabindex="0"><table>\s*<thead><tr><th scope="col">a<\/th><\/tr><\/thead>\s*<tbody><tr><td><code>b<\/code><\/td><\/tr>/,
    );
  });

  it('marks the method of a path', () => {
    expect(html('`PUT /events`')).toBe(
      '<p><code class="endpoint"><span class="method put">PUT</span> /events</code></p>\n',
    );
  });
});
