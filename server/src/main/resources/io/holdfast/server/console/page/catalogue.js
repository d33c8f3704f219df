// What there is to buy: search, and what is told of an item. A change says only what it changes, and is
// made only if the item is still as it was shown.

import {Problem, change, look} from './api.js';
import {at, attempt, element, head, number, onSubmit, row, say} from './dom.js';
import * as money from './money.js';
import {CHANGE_ITEM, CREATE_ITEM, ITEM, ITEMS} from './routes.js';

const COLUMNS = ['Item', 'Name', 'Category', 'Price', ''];
const PAGE = 20;
const TEXTS = ['name', 'description', 'category', 'picture'];

let mayChange = false;
let explain = () => {};

// What was asked for last, and where its next page begins.
let asked = {};
let next = null;

// The item in the form as it was shown; null: a new one.
let edited = null;

function query() {
  const {q, category, sort, archived} = at('items-form').elements;
  return {
    q: q.value.trim() || null,
    category: category.value || null,
    sort: sort.value || null,
    archived: archived.checked ? true : null,
  };
}

function button(text, action) {
  const made = element('button', {type: 'button', class: 'plain'}, text);
  made.addEventListener('click', () => attempt(made, 'items-said', action));
  return made;
}

function itemRow(item) {
  const notes = [item.tracked ? null : 'untracked', item.archived_at ? 'archived' : null].filter(Boolean);
  return row(COLUMNS, [
    item.sku,
    notes.length === 0 ? item.name : `${item.name} (${notes.join(', ')})`,
    item.category ?? '–',
    item.price ? money.shown(item.price) : '–',
    element('div', {class: 'buttons'},
      ...(mayChange ? [button('Change', () => edit(item))] : []),
      ...(item.tracked ? [button('History', () => explain(item.sku, 'main'))] : [])),
  ]);
}

// The choice stays what it is while the counts change.
function showCategories(categories) {
  const {category} = at('items-form').elements;
  const chosen = category.value;
  const options = categories.map(each =>
    element('option', {value: each.category}, `${each.category} (${number(each.items)})`));
  if (chosen && !categories.some(each => each.category === chosen)) {
    options.push(element('option', {value: chosen}, chosen));
  }
  category.replaceChildren(element('option', {value: ''}, 'Any'), ...options);
  category.value = chosen;
}

async function page() {
  const answer = await (await look(ITEMS, {query: {...asked, limit: PAGE, after: next}})).json();
  at('items').append(...answer.items.map(itemRow));
  next = answer.next;
  at('more-items').hidden = next === null;
}

async function search() {
  asked = query();
  next = null;
  const counted = await (await look(ITEMS, {query: {...asked, facets: true, limit: 1}})).json();
  showCategories(counted.facets.categories);
  at('items-head').replaceChildren(head(COLUMNS));
  at('items').replaceChildren();
  await page();
  const {total} = counted.facets;
  at('items-table').hidden = total === 0;
  say('items-said', total === 0 ? 'Nothing is like that.' : `${number(total)} ${total === 1 ? 'item' : 'items'}.`);
}

function lines(attributes) {
  return Object.entries(attributes).map(([name, value]) => `${name}: ${value}`).join('\n');
}

function fill(item) {
  const {elements} = at('item-form');
  TEXTS.forEach(name => elements[name].value = item[name] ?? '');
  elements.amount.value = item.price ? money.written(item.price) : '';
  elements.currency.value = item.price?.currency ?? '';
  elements.attributes.value = lines(item.attributes);
  elements.archived.checked = item.archived_at !== null;
}

function edit(item) {
  edited = item;
  const form = at('item-form');
  const {elements} = form;
  form.reset();
  at('item-heading').textContent = item ? `Change ${item.sku}` : 'A new item';
  ['sku', 'tracked'].forEach(name => elements[name].closest('.field').hidden = item !== null);
  elements.sku.required = item === null;
  elements.archived.closest('.field').hidden = item === null;
  if (item) {
    fill(item);
  }
  say('item-said', '');
  form.hidden = false;
  at('item-heading').focus();
}

function price({amount, currency}) {
  if (amount.value.trim() === '') {
    return null;
  }
  const code = currency.value.trim().toUpperCase();
  if (!/^[A-Z]{3}$/.test(code)) {
    throw new RangeError('A price needs a currency: three letters, like EUR.');
  }
  const minor = money.read(amount.value, code);
  if (minor === null) {
    throw new RangeError(`That is no amount of ${code}.`);
  }
  return {amount: minor, currency: code};
}

function attributes(text) {
  return Object.fromEntries(text.split('\n').filter(line => line.trim() !== '').map(line => {
    const colon = line.indexOf(':');
    if (colon < 1) {
      throw new RangeError(`An attribute is a name, a colon and a value, not “${line}”.`);
    }
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  }));
}

// The form, in the words of the API.
function told({elements}) {
  const texts = TEXTS.map(name => [name, elements[name].value.trim() || null]);
  return {
    ...Object.fromEntries(texts),
    price: price(elements),
    attributes: attributes(elements.attributes.value),
  };
}

// What of it is not as it was shown.
function differences(wanted, archived) {
  const patch = {};
  [...TEXTS, 'price'].forEach(name => {
    if (JSON.stringify(wanted[name]) !== JSON.stringify(edited[name])) {
      patch[name] = wanted[name];
    }
  });
  const gone = Object.keys(edited.attributes).filter(name => !(name in wanted.attributes));
  const set = Object.entries(wanted.attributes).filter(([name, value]) => edited.attributes[name] !== value);
  if (gone.length + set.length > 0) {
    patch.attributes = Object.fromEntries([...gone.map(name => [name, null]), ...set]);
  }
  if (archived !== (edited.archived_at !== null)) {
    patch.archived = archived;
  }
  return patch;
}

function value(member, found) {
  if (found === null) {
    return 'nothing';
  }
  return member === 'price' ? money.shown(found) : `“${found}”`;
}

// The item as it is now, with one's own changes upon it.
function merged(item, patch) {
  const attributes = Object.entries({...item.attributes, ...patch.attributes}).filter(([, text]) => text !== null);
  const archived = patch.archived === undefined ? item.archived_at !== null : patch.archived;
  return {...item, ...patch, attributes: Object.fromEntries(attributes), archived_at: archived ? 'now' : null};
}

// Whoever was late sees what has changed, and has to mean it to save their own.
async function startAnew(patch, changes) {
  const item = await (await look(ITEM, {values: {sku: edited.sku}})).json();
  edit(item);
  fill(merged(item, patch));
  const told = changes.map(({member, seen, found, changed_by: who}) =>
    `${member.replace('attributes.', '')} was ${value(member, seen)} and is ${value(member, found)} (${who})`);
  say('item-said', `Somebody was faster: ${told.join('; ') || 'it was changed and changed back'}. Nothing of yours `
    + 'is saved. It stands here upon what is there now: save it if you still mean it.', true);
}

async function save(form) {
  let wanted;
  try {
    wanted = told(form);
  } catch (no) {
    if (no instanceof RangeError) {
      say('item-said', no.message, true);
      return;
    }
    throw no;
  }
  if (edited === null) {
    const {sku, tracked} = form.elements;
    await change(CREATE_ITEM, {body: {sku: sku.value.trim(), tracked: tracked.checked, ...wanted}});
  } else {
    const patch = differences(wanted, form.elements.archived.checked);
    try {
      await change(CHANGE_ITEM, {values: {sku: edited.sku}, body: patch, version: edited.version});
    } catch (no) {
      if (no instanceof Problem && no.code === 'version_conflict') {
        await startAnew(patch, no.changes);
        return;
      }
      throw no;
    }
  }
  form.hidden = true;
  await search();
}

// `explaining` shows the history of a level.
export function start(explaining) {
  explain = explaining;
  onSubmit(at('items-form'), 'items-said', search);
  at('items-form').elements.category.addEventListener('change', () => attempt(null, 'items-said', search));
  at('more-items').addEventListener('click', event => attempt(event.target, 'items-said', page));
  at('new-item').addEventListener('click', () => edit(null));
  onSubmit(at('item-form'), 'item-said', save);
  at('leave-item').addEventListener('click', () => {
    at('item-form').hidden = true;
  });
}

export async function open(permissions) {
  mayChange = permissions.includes('change_catalog');
  at('new-item').hidden = !mayChange;
  at('item-form').hidden = true;
  await attempt(null, 'items-said', search);
}
