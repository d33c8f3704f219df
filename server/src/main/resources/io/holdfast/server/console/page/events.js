// What has happened: read page by page from a position on, or followed as it happens.

import {look} from './api.js';
import {at, attempt, element, head, moment, onSubmit, row, say} from './dom.js';
import {EVENTS, EVENT_STREAM} from './routes.js';

const COLUMNS = ['Position', 'When', 'What', 'Of', 'Data'];
const PAGE = 20;
const MOST_FOLLOWED = 200;

let asked = {};
let next = null;

// What reads the stream; null: nothing is followed.
let reader = null;

function eventRow(event) {
  return row(COLUMNS, [
    event.id,
    moment(event.time),
    event.type,
    event.subject,
    element('details', {},
      element('summary', {}, 'Show'),
      element('pre', {}, JSON.stringify(event.data, null, 2))),
  ]);
}

function types() {
  return at('events-form').elements.types.value.trim() || null;
}

async function page() {
  const answer = await (await look(EVENTS, {query: {...asked, limit: PAGE, after: next}})).json();
  at('events-rows').append(...answer.events.map(eventRow));
  const isEnd = answer.next === next;
  next = answer.next;
  at('more-events').hidden = isEnd;
  return answer.events.length;
}

function clear() {
  at('events-head').replaceChildren(head(COLUMNS));
  at('events-rows').replaceChildren();
}

async function read() {
  await stop();
  asked = {types: types()};
  next = at('events-form').elements.after.value || null;
  clear();
  const found = await page();
  at('events-table').hidden = found === 0;
  say('events-said', found === 0 ? 'Nothing more has happened.' : 'The oldest is first.');
}

// The events of a part of the stream, and what is left of it that is not whole yet.
function split(text) {
  const parts = text.split('\n\n');
  const rest = parts.pop();
  const data = parts
    .map(part => part.split('\n').filter(line => line.startsWith('data:')).map(line => line.slice(5)).join('\n'))
    .filter(each => each !== '');
  return {events: data.map(each => JSON.parse(each)), rest};
}

function prepend(events) {
  const rows = at('events-rows');
  rows.prepend(...events.toReversed().map(eventRow));
  while (rows.children.length > MOST_FOLLOWED) {
    rows.lastElementChild.remove();
  }
  at('events-table').hidden = rows.children.length === 0;
}

// A stream ends after a minute, and goes on behind the last event.
async function follow() {
  await stop();
  clear();
  at('more-events').hidden = true;
  at('events-table').hidden = true;
  say('events-said', 'The newest is first. Waiting for something to happen.');
  let after = null;
  let isFollowed = true;
  while (isFollowed) {
    const stream = await look(EVENT_STREAM, {query: {types: types(), after}, accept: 'text/event-stream'});
    const mine = stream.body.pipeThrough(new TextDecoderStream()).getReader();
    reader = mine;
    at('follow-events').hidden = true;
    at('stop-events').hidden = false;
    let rest = '';
    for (let part = await mine.read(); !part.done; part = await mine.read()) {
      const whole = split(rest + part.value);
      rest = whole.rest;
      if (whole.events.length > 0) {
        prepend(whole.events);
        say('events-said', 'The newest is first.');
      }
      after = whole.events.at(-1)?.id ?? after;
    }
    isFollowed = reader === mine;
  }
}

async function stop() {
  const followed = reader;
  reader = null;
  at('follow-events').hidden = false;
  at('stop-events').hidden = true;
  if (followed) {
    await followed.cancel();
    say('events-said', '');
  }
}

export function start() {
  onSubmit(at('events-form'), 'events-said', read);
  at('more-events').addEventListener('click', event => attempt(event.target, 'events-said', page));
  at('follow-events').addEventListener('click', () => attempt(null, 'events-said', follow));
  at('stop-events').addEventListener('click', () => attempt(null, 'events-said', stop));
}

export function open() {
  return attempt(null, 'events-said', read);
}
