// Builds and fills parts of the page. Texts are set as texts, never as markup.

import {NoAnswer, Problem} from './api.js';

const MOMENT = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium', timeStyle: 'medium'});

export const at = id => document.getElementById(id);
export const number = value => value.toLocaleString('en');

export function signed(value) {
  const sign = value > 0 ? '+' : value < 0 ? '−' : '±';
  return sign + number(Math.abs(value));
}

export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([attribute, value]) => made.setAttribute(attribute, value));
  made.append(...children);
  return made;
}

// An instant in the reader's own time; the exact one is a hover away.
export function moment(instant) {
  return element('time', {datetime: instant, title: instant}, MOMENT.format(new Date(instant)));
}

// A row of a table; where it is narrow, each cell has its column's name in front. The first one says
// which row it is.
export function row(columns, cells) {
  const made = cells.map((cell, i) => element(i === 0 ? 'th' : 'td',
    i === 0 ? {scope: 'row', 'data-column': columns[i]} : {'data-column': columns[i]},
    ...[cell].flat()));
  return element('tr', {}, ...made);
}

export function head(columns) {
  return element('tr', {}, ...columns.map(column => element('th', {scope: 'col'}, column)));
}

let serial = 0;

// A field with its label, in a form that is made for one row.
export function field(label, attributes) {
  serial += 1;
  const id = `field-${serial}`;
  return element('div', {class: 'field'},
    element('label', {for: id}, label), element('input', {id, ...attributes}));
}

export function say(id, text, isBad = false) {
  at(id).textContent = text;
  at(id).classList.toggle('bad', isBad);
}

let locked = () => {};

// What is done when the key is not taken any more.
export function onLocked(action) {
  locked = action;
}

// Does something that a person asked for, once at a time, and says how it failed.
export async function attempt(button, saidId, action) {
  if (button) {
    button.disabled = true;
  }
  try {
    await action();
  } catch (no) {
    if (no instanceof Problem && no.status === 401) {
      locked(no.message);
    } else if (no instanceof Problem) {
      say(saidId, no.message, true);
    } else if (no instanceof NoAnswer) {
      say(saidId, 'No answer from the node. Asking for the same again is safe: it has one effect.', true);
    } else {
      throw no;
    }
  } finally {
    if (button) {
      button.disabled = false;
    }
  }
}

export function onSubmit(form, saidId, action) {
  form.addEventListener('submit', event => {
    event.preventDefault();
    attempt(form.querySelector('button'), saidId, () => action(form));
  });
}
