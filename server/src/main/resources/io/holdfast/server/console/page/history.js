// Why a level is what it is: its movements, page by page, and all of them as a file.

import {look} from './api.js';
import {at, attempt, element, head, moment, number, onSubmit, row, say, signed} from './dom.js';
import {MOVEMENTS, STOCK} from './routes.js';

const COLUMNS = ['Movement', 'When', 'On hand', 'Reserved', 'Available', 'Who', 'Why'];
const PAGE = 20;
const SAVED_WITHIN_MILLIS = 60_000;

// What is shown, which may be another level than the form names by now.
let shown = null;

function asked() {
  const {sku, location, order} = at('history-form').elements;
  return {sku: sku.value, location: location.value, order: order.value};
}

function change(difference, balance) {
  return difference === 0
    ? number(balance)
    : [element('strong', {}, number(balance)), ` (${signed(difference)})`];
}

function detail({kind, detail, on_hand_change: moved}) {
  switch (kind) {
    case 'transfer':
      return moved < 0 ? `to ${detail}` : `from ${detail}`;
    case 'safety_stock':
      return `${detail} are kept from being sold`;
    default:
      return detail;
  }
}

function why(movement) {
  const said = [];
  if (movement.detail) {
    said.push(detail(movement));
  }
  if (movement.reason) {
    said.push(movement.reason);
  }
  if (movement.reservation) {
    said.push(`reservation ${movement.reservation}`);
  }
  return said.join('; ') || '–';
}

function movementRow(movement) {
  return row(COLUMNS, [
    `${movement.version} ${movement.kind.replaceAll('_', ' ')}`,
    moment(movement.recorded_at),
    change(movement.on_hand_change, movement.on_hand),
    change(movement.reserved_change, movement.reserved),
    number(movement.available),
    movement.actor,
    why(movement),
  ]);
}

async function page() {
  const {sku, location, order, next} = shown;
  const query = {location, order, limit: PAGE, after: next};
  const answer = await (await look(MOVEMENTS, {values: {sku}, query})).json();
  at('movements').append(...answer.movements.map(movementRow));
  shown.next = answer.next;
  at('more-movements').hidden = answer.next === null;
  return answer.movements;
}

// What the level's row says, and its ledger if that is something else.
function standing(level, movements) {
  if (!level) {
    return 'There is no such level any more, only its ledger.';
  }
  const now = `${number(level.on_hand)} on hand, ${number(level.reserved)} reserved, `
      + `${number(level.available)} available, after ${number(level.version)} movements.`;
  const newest = movements.find(movement => movement.version === level.version);
  return newest && (newest.on_hand !== level.on_hand || newest.reserved !== level.reserved)
    ? `${now} By its newest movement it would be ${number(newest.on_hand)} on hand, ${number(newest.reserved)} reserved.`
    : now;
}

async function show() {
  at('history').hidden = true;
  const {sku, location, order} = asked();
  const stock = await (await look(STOCK, {values: {sku}})).json();
  shown = {sku, location, order, next: null};
  at('movements-head').replaceChildren(head(COLUMNS));
  at('movements').replaceChildren();
  const movements = await page();
  const level = stock.levels.find(each => each.location === location);
  at('history-heading').textContent = level
    ? `Why ${number(level.on_hand)} of ${sku} are on hand at ${location}`
    : `The history of ${sku} at ${location}`;
  say('history-said', movements.length === 0 ? 'Nothing has moved there.' : standing(level, movements));
  at('history').hidden = movements.length === 0;
}

async function download() {
  const {sku, location, order} = shown;
  const answer = await look(MOVEMENTS, {values: {sku}, query: {location, order}, accept: 'text/csv'});
  const file = URL.createObjectURL(await answer.blob());
  const [, name] = /filename="(.+)"/.exec(answer.headers.get('Content-Disposition'));
  element('a', {href: file, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(file), SAVED_WITHIN_MILLIS);
  say('history-said', `All movements of ${sku} at ${location} are saved as ${name}.`);
}

export function start() {
  onSubmit(at('history-form'), 'history-said', show);
  at('more-movements').addEventListener('click', event =>
    attempt(event.target, 'history-said', () => page()));
  at('csv').addEventListener('click', event => attempt(event.target, 'history-said', download));
}

// Shows the history of a level that another part of the page is about.
export async function explain(sku, location) {
  const {elements} = at('history-form');
  elements.sku.value = sku;
  elements.location.value = location;
  await attempt(at('history-form').querySelector('button'), 'history-said', show);
  at('history-heading').focus();
}
