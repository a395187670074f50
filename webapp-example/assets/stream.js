const source = document.currentScript.dataset.url;
const bar = document.getElementById('bar');
const state = document.getElementById('state');
const list = document.getElementById('events');

const events = new EventSource(source);
events.onmessage = (event) => {
  const line = document.createElement('li');
  line.textContent = event.data;
  list.append(line);
  bar.value = Number(event.lastEventId);
  state.textContent = 'Events are coming.';
  if (bar.value === bar.max) {
    // The server has no more; an EventSource that is left open would ask again.
    events.close();
    state.textContent = 'That was the last event.';
  }
};
events.onerror = () => {
  state.textContent = events.readyState === EventSource.CLOSED ? 'The events ended.' : 'Connecting again.';
};
