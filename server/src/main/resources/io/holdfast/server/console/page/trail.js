// Who changed what, and who was refused: the trail, searched and shown page by page.

import {look} from './api.js';
import {at, attempt, element, head, moment, number, onSubmit, row, say} from './dom.js';
import {TRAIL} from './routes.js';

const COLUMNS = ['Entry', 'When', 'Who', 'What', 'Before and after', 'Request'];
const FIELDS = ['actor', 'operation', 'kind', 'subject', 'request_id', 'outcome'];
const PAGE = 20;

// What is shown, which may be another search than the form says by now.
let shown = null;

// The form's time is the reader's own; the API's is an instant.
function instant(text) {
  return text === '' ? null : new Date(text).toISOString();
}

function asked() {
  const {elements} = at('trail-form');
  const fields = FIELDS.map(name => [name, elements[name].value.trim() || null]);
  return {...Object.fromEntries(fields), from: instant(elements.from.value), to: instant(elements.to.value)};
}

const text = value => value === null ? 'none' : String(value);

// Only what differs, where there was something before and is something after.
function members(before, after) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (before === null || after === null) {
    return names.map(name => `${name}: ${text((after ?? before)[name])}`);
  }
  return names
    .filter(name => text(before[name] ?? null) !== text(after[name] ?? null))
    .map(name => `${name}: ${text(before[name] ?? null)} → ${text(after[name] ?? null)}`);
}

function difference(entry) {
  if (entry.outcome === 'forbidden') {
    const often = entry.times === 1 ? '' : `, ${number(entry.times)} times`;
    return `refused${entry.needs ? `, for lack of ${entry.needs}` : ''}${often}`;
  }
  const begins = entry.before === null ? 'made' : entry.after === null ? 'removed' : 'changed';
  return element('ul', {class: 'members', 'aria-label': begins},
    element('li', {}, begins), ...members(entry.before, entry.after).map(each => element('li', {}, each)));
}

function seal(entry) {
  return entry.seal
    ? element('span', {class: 'note', title: entry.seal.hash}, `sealed as ${number(entry.seal.sequence)}`)
    : element('span', {class: 'note'}, 'not sealed yet');
}

function entryRow(entry) {
  const {kind, name} = entry.subject;
  return row(COLUMNS, [
    [`${entry.id} `, seal(entry)],
    moment(entry.at),
    `${entry.actor} from ${entry.address}`,
    `${entry.operation}: ${kind === name ? kind : `${kind} ${name}`}`,
    difference(entry),
    entry.request_id,
  ]);
}

async function page() {
  const query = {...shown.search, limit: PAGE, after: shown.next};
  const {entries, next} = await (await look(TRAIL, {query})).json();
  at('trail-entries').append(...entries.map(entryRow));
  shown.next = next;
  at('more-trail').hidden = next === null;
}

async function show() {
  at('trail-table').hidden = true;
  shown = {search: asked(), next: null};
  at('trail-head').replaceChildren(head(COLUMNS));
  at('trail-entries').replaceChildren();
  await page();
  const isEmpty = at('trail-entries').children.length === 0;
  at('trail-table').hidden = isEmpty;
  say('trail-said', isEmpty ? 'Nothing of this was done or refused.' : 'The newest is first.');
}

export function start() {
  onSubmit(at('trail-form'), 'trail-said', show);
  at('more-trail').addEventListener('click', event =>
    attempt(event.target, 'trail-said', () => page()));
}

export function open() {
  return attempt(null, 'trail-said', show);
}
