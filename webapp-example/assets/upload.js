// Shows how much of the file is sent; without this script the form works as forms do.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.id !== 'upload') {
    return;
  }
  event.preventDefault();
  const bar = form.querySelector('progress');
  const button = form.querySelector('button');
  bar.hidden = false;
  button.disabled = true;

  const request = new XMLHttpRequest();
  request.upload.onprogress = ({ loaded, total }) => { bar.value = loaded / total; };
  request.onload = () => show(new DOMParser().parseFromString(request.responseText, 'text/html'), request.status);
  request.onerror = () => complain('The server ended the connection. Is the file larger than it takes?');
  request.open('POST', form.action);
  request.send(new FormData(form));

  function show(answer, status) {
    const main = answer.querySelector('main#main');
    if (!main) {
      complain(`The server answered with status ${status}.`);
      return;
    }
    document.querySelector('main').replaceWith(main);
    main.focus();
  }

  function complain(text) {
    bar.hidden = true;
    button.disabled = false;
    document.querySelectorAll('.error').forEach((old) => old.remove());
    const error = document.createElement('p');
    error.className = 'error';
    error.setAttribute('role', 'alert');
    error.textContent = text;
    form.before(error);
  }
});
