// The standing of the audits, the quarantined levels and the findings.

import {change, look} from './api.js';
import {at, attempt, element, field, head, moment, number, onSubmit, row, say, signed} from './dom.js';
import {ACKNOWLEDGE, CORRECT, FINDINGS, QUARANTINES, STANDING} from './routes.js';

const LEVELS = ['Level', 'Why', 'Since', 'Found', 'What to do'];
const FOUND = ['Finding', 'Row', 'Expected', 'Found', 'Seen', 'Known'];
const REASON = {maxlength: 200, required: '', autocomplete: 'off'};

let explain = () => {};
let nextFindings = null;

// Of what there should be nothing.
function showTrouble(id, count) {
  at(id).textContent = number(count);
  at(id).classList.toggle('bad', count > 0);
  at(id).classList.toggle('good', count === 0);
}

async function showStanding() {
  const standing = await (await look(STANDING)).json();
  showTrouble('quarantined', standing.quarantined_levels);
  showTrouble('open-findings', standing.findings);
  at('levels').textContent = number(standing.levels);
  at('audited').replaceChildren(standing.audited_at ? moment(standing.audited_at) : 'not yet');
  at('fully-audited').replaceChildren(
    standing.fully_audited_at ? moment(standing.fully_audited_at) : 'not yet');
}

async function correct(level, form) {
  const counted = Number(form.elements.counted.value);
  const corrected = await change(CORRECT, {
    values: {sku: level.sku},
    body: {on_hand: counted, location: level.location, reason: form.elements.reason.value},
  });
  await show();
  say('audit-said', `${corrected.sku} at ${corrected.location} is corrected by ${signed(corrected.quantity)}: `
      + `${number(corrected.on_hand)} on hand, ${number(corrected.reserved)} reserved. It is sold from again.`);
  at('audit-heading').focus();
}

function whatToDo(level) {
  const form = element('form', {class: 'inline', 'aria-label': `Correct ${level.sku} at ${level.location}`},
    field('Counted', {name: 'counted', type: 'number', min: 0, step: 1, required: '', inputmode: 'numeric'}),
    field('Reason', {name: 'reason', type: 'text', ...REASON}),
    element('button', {type: 'submit'}, 'Correct'));
  onSubmit(form, 'audit-said', () => correct(level, form));
  const why = element('button', {type: 'button', class: 'plain'}, 'Its history');
  why.addEventListener('click', () => explain(level.sku, level.location));
  return [form, why];
}

function levelRow(level) {
  return row(LEVELS, [
    `${level.sku} at ${level.location}`,
    level.reason,
    moment(level.since),
    `${number(level.on_hand)} on hand, ${number(level.reserved)} reserved`,
    whatToDo(level),
  ]);
}

async function showQuarantines() {
  const {levels} = await (await look(QUARANTINES)).json();
  at('quarantines-head').replaceChildren(head(LEVELS));
  at('quarantines').replaceChildren(...levels.map(levelRow));
  at('quarantines-table').hidden = levels.length === 0;
  at('no-quarantines').hidden = levels.length > 0;
}

function known(finding) {
  if (finding.acknowledgement) {
    const {by, reason, at: when} = finding.acknowledgement;
    return [`${by}: ${reason}, `, moment(when)];
  }
  const form = element('form', {class: 'inline', 'aria-label': `Acknowledge finding ${finding.id}`},
    field('Reason', {name: 'reason', type: 'text', ...REASON}),
    element('button', {type: 'submit'}, 'It is known'));
  onSubmit(form, 'audit-said', async () => {
    await change(ACKNOWLEDGE, {values: {id: finding.id}, body: {reason: form.elements.reason.value}});
    await show();
    say('audit-said', `Finding ${finding.id} is known. It alerts nobody any more.`);
    at('audit-heading').focus();
  });
  return [form];
}

function findingRow(finding) {
  return row(FOUND, [
    `${finding.id}: ${finding.check}`,
    finding.row,
    finding.expected,
    finding.found,
    [moment(finding.first_seen_at), ' to ', moment(finding.last_seen_at)],
    known(finding),
  ]);
}

async function showFindings(after) {
  const page = await (await look(FINDINGS, {query: {after, limit: 50}})).json();
  const rows = page.findings.map(findingRow);
  if (after === null) {
    at('findings-head').replaceChildren(head(FOUND));
    at('findings').replaceChildren(...rows);
  } else {
    at('findings').append(...rows);
  }
  nextFindings = page.next;
  at('more-findings').hidden = page.next === null;
  at('findings-table').hidden = at('findings').children.length === 0;
  at('no-findings').hidden = at('findings').children.length > 0;
}

async function show() {
  await Promise.all([showStanding(), showQuarantines(), showFindings(null)]);
}

export function start(explainLevel) {
  explain = explainLevel;
  at('look-again').addEventListener('click', event => attempt(event.target, 'audit-said', async () => {
    await show();
    say('audit-said', 'This is how it is now.');
  }));
  at('more-findings').addEventListener('click', event =>
    attempt(event.target, 'audit-said', () => showFindings(nextFindings)));
}

export function open() {
  return attempt(at('look-again'), 'audit-said', show);
}
