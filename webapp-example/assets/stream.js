const events = new EventSource(document.currentScript.dataset.url);
events.onmessage = (event) => {
  const line = document.createElement('li');
  line.textContent = event.data;
  document.getElementById('events').append(line);
  document.getElementById('bar').value = Number(event.lastEventId);
  if (event.lastEventId === '10') {
    events.close();
  }
};
