// Files: all that there is of items, prices or stock, and bringing them in. How far an import has come is
// asked for until it has ended.

import {NoAnswer, change, look, upload} from './api.js';
import {at, attempt, element, head, moment, number, onSubmit, row, say} from './dom.js';
import {
  CANCEL_IMPORT, CREATE_IMPORT, EXPORT_ITEMS, EXPORT_PRICES, EXPORT_STOCK, IMPORT, IMPORT_ERRORS, IMPORTS,
} from './routes.js';

const COLUMNS = ['Import', 'When', 'State', 'Lines', 'Changed', 'As they were', 'Failed', ''];
const ERRORS = ['Line', 'Column', 'What is wrong', 'It says'];
const PAGE = 20;
const AGAIN_MILLIS = 700;
const SAVED_WITHIN_MILLIS = 60_000;
const EXPORTS = {items: EXPORT_ITEMS, prices: EXPORT_PRICES, stock: EXPORT_STOCK};
const TYPES = {csv: 'text/csv', jsonl: 'application/x-ndjson'};
const STATES = {
  uploading: 'Comes in',
  waiting: 'Waits',
  checking: 'Is checked',
  applying: 'Is applied',
  finishing: 'Is made known to the search',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};
const FAILURES = {
  lines_failed: 'nothing was applied',
  attempts_exhausted: 'it came no further',
};

let mayImport = false;
let next = null;

// The import whose errors are shown, and where the next page of them begins.
let shown = null;

function what(one) {
  return `${one.id}: ${one.kind}, ${one.dry_run ? 'dry run, ' : ''}`
    + (one.on_error === 'skip' ? 'without bad lines' : 'all or nothing');
}

function state(one) {
  if (one.finished_at !== null) {
    return STATES[one.state] + (one.failure ? `: ${FAILURES[one.failure] ?? one.failure}` : '');
  }
  const {read, total} = one.lines;
  return [
    `${STATES[one.state]} `,
    element('progress', {value: read, max: Math.max(total, 1), 'aria-label': `Import ${one.id}`}),
  ];
}

function buttons(one) {
  const made = [];
  if (one.lines.failed > 0) {
    const errors = element('button', {type: 'button', class: 'plain'}, 'Errors');
    errors.addEventListener('click', () => attempt(errors, 'imports-said', () => showErrors(one)));
    made.push(errors);
  }
  if (one.finished_at === null && mayImport) {
    const cancel = element('button', {type: 'button', class: 'plain'}, 'Cancel');
    cancel.addEventListener('click', () => attempt(cancel, 'imports-said', async () => {
      draw(await change(CANCEL_IMPORT, {values: {import: one.id}}));
    }));
    made.push(cancel);
  }
  return made;
}

function importRow(one) {
  const {total, applied, unchanged, failed} = one.lines;
  const made = row(COLUMNS, [
    what(one),
    moment(one.created_at),
    state(one),
    number(total),
    number(applied),
    number(unchanged),
    number(failed),
    buttons(one),
  ]);
  made.id = `import-${one.id}`;
  if (one.finished_at === null) {
    drawLater(one.id);
  }
  return made;
}

function drawLater(id) {
  setTimeout(() => attempt(null, 'imports-said', () => drawAgain(id)), AGAIN_MILLIS);
}

async function drawAgain(id) {
  // It may not be shown any more.
  if (at(`import-${id}`) === null) {
    return;
  }
  try {
    draw(await (await look(IMPORT, {values: {import: id}})).json());
  } catch (no) {
    if (no instanceof NoAnswer) {
      drawLater(id);
    }
    throw no;
  }
}

// In the place of what was shown of it; a new one goes to the top.
function draw(one) {
  const before = at(`import-${one.id}`);
  if (before) {
    before.replaceWith(importRow(one));
  } else {
    at('imports').prepend(importRow(one));
  }
  at('imports-table').hidden = false;
  say('imports-said', '');
}

async function page() {
  const answer = await (await look(IMPORTS, {query: {limit: PAGE, after: next}})).json();
  at('imports').append(...answer.imports.map(importRow));
  next = answer.next;
  at('more-imports').hidden = next === null;
  at('imports-table').hidden = at('imports').childElementCount === 0;
}

function errorRow(error) {
  return row(ERRORS, [
    number(error.line),
    error.column ?? '–',
    `${error.message} (${error.code})`,
    error.value ?? '–',
  ]);
}

async function errorsPage() {
  const query = {limit: PAGE, after: shown.next};
  const answer = await (await look(IMPORT_ERRORS, {values: {import: shown.id}, query})).json();
  at('import-errors').append(...answer.errors.map(errorRow));
  shown.next = answer.next;
  at('more-import-errors').hidden = answer.next === null;
}

async function showErrors(one) {
  shown = {id: one.id, next: null};
  at('import-errors-heading').textContent = `Errors of import ${one.id}`;
  at('import-errors-head').replaceChildren(head(ERRORS));
  at('import-errors').replaceChildren();
  await errorsPage();
  at('import-errors-panel').hidden = false;
  at('import-errors-heading').focus();
}

// By its name; a browser's idea of its type is that of the programs on the computer.
function typeOf(file) {
  return /\.(jsonl|ndjson|json)$/i.test(file.name) ? TYPES.jsonl : TYPES.csv;
}

async function bringIn(form) {
  const {kind, file, on_error: onError, dry_run: dryRun} = form.elements;
  const chosen = file.files[0];
  const query = {kind: kind.value, on_error: onError.value, dry_run: dryRun.checked};
  say('import-said', `${chosen.name} is sent.`);
  draw(await upload(CREATE_IMPORT, {query, file: chosen, type: typeOf(chosen)}));
  say('import-said', `${chosen.name} is there.`);
}

async function save(form) {
  const {kind, format} = form.elements;
  const answer = await look(EXPORTS[kind.value], {accept: TYPES[format.value]});
  const file = URL.createObjectURL(await answer.blob());
  element('a', {href: file, download: `${kind.value}.${format.value}`}).click();
  setTimeout(() => URL.revokeObjectURL(file), SAVED_WITHIN_MILLIS);
}

export function start() {
  onSubmit(at('import-form'), 'import-said', bringIn);
  onSubmit(at('export-form'), 'export-said', save);
  at('more-imports').addEventListener('click', event => attempt(event.target, 'imports-said', page));
  at('more-import-errors').addEventListener('click',
    event => attempt(event.target, 'imports-said', errorsPage));
  at('leave-import-errors').addEventListener('click', () => {
    at('import-errors-panel').hidden = true;
  });
}

export async function open(permissions) {
  mayImport = permissions.includes('import_files');
  const mayRead = permissions.includes('read_imports');
  at('import-form').hidden = !mayImport;
  at('imports-panel').hidden = !mayRead;
  at('import-errors-panel').hidden = true;
  at('imports-head').replaceChildren(head(COLUMNS));
  at('imports').replaceChildren();
  next = null;
  if (mayRead) {
    await attempt(null, 'imports-said', page);
  }
}
