/** The questions of an event in its form. */
import type { Page } from 'playwright-core';
import { limits } from '../../../../src/schemas.ts';
import type { Question } from '../../../../src/index.ts';
import { fillNew, findings, openPage, shownId } from '../browser.ts';
import { eventWith, venue } from '../stack.ts';

const { stack, browser } = openPage();
const api = () => stack.as('organizer');

const meal: Question = { questionId: 'meal', kind: 'choice', label: 'Meal', options: ['Vegan', 'Vegetarian'] };
const rules: Question = { questionId: 'rules', kind: 'checkbox', label: 'I accept the rules', required: true };
const shirt: Question = { questionId: 'shirt', kind: 'text', label: 'Size of the shirt' };

const asked = (page: Page) =>
  page.locator('.question [id$=-label]').evaluateAll((all) => all.map((input) => (input as HTMLInputElement).value));
const edit = (page: Page, eventId: string) => page.goto(`${stack.page}#/events/${eventId}/edit`);
async function save(page: Page, eventId: string): Promise<readonly Question[] | undefined> {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('status').filter({ hasText: 'Saved.' }).waitFor();
  return (await api().getEvent(eventId)).questions;
}

describe('the questions of an event', () => {
  it('are of all kinds, and are entered by keyboard', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await fillNew(page, 'Asked');
    const add = page.getByRole('button', { name: 'Add a question' });
    const kinds = ['Short text', 'Long text', 'Checkbox', 'One choice', 'Several choices'];
    for (const [index, kind] of kinds.entries()) {
      await add.press('Enter');
      const question = page.locator('.question').nth(index);
      // The new field gets the focus.
      await question.locator('[id$=-label]:focus').waitFor();
      await page.keyboard.type(`Question of kind ${index}`);
      await page.keyboard.press('Tab');
      // Not by keys, which select another option if a machine is slow.
      await question.locator('select:focus').selectOption(kind);
      if (!kind.includes('choice')) continue;
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await page.keyboard.press('Tab');
      for (const [number, option] of ['Friday', 'Saturday', 'Sunday'].entries()) {
        if (number > 0) await page.keyboard.press('Enter');
        await question.locator('li').nth(number).locator('input:focus').waitFor();
        await page.keyboard.type(option);
      }
    }
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('heading', { level: 1, name: 'Asked' }).waitFor();
    const { questions = [] } = await api().getEvent(shownId(page));
    const options = ['Friday', 'Saturday', 'Sunday'];
    expect(questions.map(({ questionId: _id, ...rest }) => rest)).toEqual([
      { kind: 'text', label: 'Question of kind 0' },
      { kind: 'long-text', label: 'Question of kind 1' },
      { kind: 'checkbox', label: 'Question of kind 2' },
      { kind: 'choice', label: 'Question of kind 3', required: true, options },
      { kind: 'choices', label: 'Question of kind 4', required: true, options },
    ]);
    expect(questions[0]?.questionId).toMatch(/^question-of-kind-0-/);
  });

  it('are reordered by buttons, with the focus kept, and by a pointer', async () => {
    const { eventId } = await api().createEvent(eventWith({ name: 'Reordered', questions: [meal, rules, shirt] }));
    const page = await browser.visit(stack);
    await edit(page, eventId);
    await page.getByRole('button', { name: 'Move down: Question 1' }).press('Enter');
    expect(await asked(page)).toEqual(['I accept the rules', 'Meal', 'Size of the shirt']);
    await page.getByRole('status').filter({ hasText: 'Now number 2 of 3' }).waitFor();
    // The button moved with its question.
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Move down: Question 2');
    await page.keyboard.press('Enter');
    expect(await asked(page)).toEqual(['I accept the rules', 'Size of the shirt', 'Meal']);
    await page.keyboard.press('Enter');
    expect(await asked(page)).toEqual(['I accept the rules', 'Size of the shirt', 'Meal']);

    const handle = page.locator('.question-head .drag');
    await handle.last().scrollIntoViewIfNeeded();
    const [from, to] = [await handle.nth(2).boundingBox(), await handle.nth(0).boundingBox()];
    await page.mouse.move((from?.x ?? 0) + 8, (from?.y ?? 0) + 8);
    await page.mouse.down();
    await page.mouse.move((to?.x ?? 0) + 8, (to?.y ?? 0) + 8, { steps: 12 });
    await page.mouse.up();
    expect(await asked(page)).toEqual(['Meal', 'I accept the rules', 'Size of the shirt']);
    await page.getByRole('button', { name: 'Move up: Option 2' }).click();
    const questions = await save(page, eventId);
    expect(questions).toEqual([{ ...meal, options: ['Vegetarian', 'Vegan'] }, rules, shirt]);
  });

  it('are removed, and brought back', async () => {
    const { eventId } = await api().createEvent(eventWith({ name: 'Removed', questions: [meal, rules] }));
    const page = await browser.visit(stack);
    await edit(page, eventId);
    await page.getByRole('button', { name: 'Remove: Question 1' }).press('Enter');
    await page.getByText('Question “Meal” removed.').waitFor();
    await page.keyboard.press('Enter');
    expect(await asked(page)).toEqual(['Meal', 'I accept the rules']);
    await page.getByRole('button', { name: 'Remove: Question 2' }).click();
    await page.getByRole('button', { name: 'Remove: Option 1' }).click();
    expect(await save(page, eventId)).toEqual([{ ...meal, options: ['Vegetarian'] }]);
  });

  it('have limits and errors beside their fields, and lines are pasted as options', async () => {
    const { maxItems } = limits.EventCreate.questions;
    const questions = Array.from({ length: maxItems - 1 }, (_, index): Question => ({
      ...shirt,
      questionId: `q${index}`,
    }));
    const { eventId } = await api().createEvent(eventWith({ name: 'Limited', questions }));
    const page = await browser.visit(stack);
    await edit(page, eventId);
    await page.getByRole('button', { name: 'Add a question' }).click();
    await page.getByText(`An event can have at most ${maxItems} questions.`).waitFor();
    expect(await page.getByRole('button', { name: 'Add a question' }).count()).toBe(0);
    const last = page.locator('.question').last();
    await last.getByLabel('Kind of answer').selectOption('choice');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.locator('.question:last-child [id$=-label]:focus').waitFor();
    expect(await last.locator('[aria-invalid=true]').count()).toBe(3);
    await last.getByLabel('What you ask').fill('Day');
    await last.getByLabel('Option 1', { exact: true }).evaluate((input) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', 'Friday\nSaturday\n');
      input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    await last.getByRole('button', { name: 'Remove: Option 3' }).click();
    expect((await save(page, eventId))?.at(-1)).toMatchObject({ label: 'Day', options: ['Friday', 'Saturday'] });
  });

  it('tell that answers stay, if somebody has registered', async () => {
    const event = await api().publishEvent(
      await api().createEvent(eventWith({ name: 'Answered', location: venue, questions: [meal] })),
    );
    const page = await browser.visit(stack);
    await edit(page, event.eventId);
    await page.getByRole('heading', { name: 'Questions for guests' }).waitFor();
    expect(await page.getByText('Their answers stay as they are').count()).toBe(0);
    await stack.as('attendee').registerForEvent(event.eventId, { name: 'Mira Novak', answers: { meal: 'Vegan' } });
    await page.getByRole('link', { name: 'Answered' }).click();
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByText('1 person has already registered. Their answers stay as they are').waitFor();
  });

  it('are one choice in a conflict, as people read them', async () => {
    const event = await api().createEvent(eventWith({ name: 'Both Asked', questions: [meal] }));
    const page = await browser.visit(stack);
    await edit(page, event.eventId);
    await page.getByLabel('What you ask').fill('Which meal?');
    await api().updateEvent(event, { questions: [meal, rules] });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const side = (name: RegExp) => page.getByRole('group', { name: 'Questions' }).getByRole('radio', { name });
    await side(/Your version.*1\. Which meal\? \(One choice: Vegan, Vegetarian\)/).waitFor();
    await side(/The other version.*2\. I accept the rules \(Checkbox, required\)/).check();
    expect(await save(page, event.eventId)).toEqual([meal, rules]);
  });
});
