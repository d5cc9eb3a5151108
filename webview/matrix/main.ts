import './matrix.css';
import { registerComponents } from './components';
import { matrixPage } from './matrixPage';
import { readHostMessage } from './readHostMessage';

registerComponents();

const root = document.getElementById('matrix');
if (root) {
  const api = acquireVsCodeApi();
  const page = matrixPage(root, api);
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const message = readHostMessage(data);
    if (message) page.show(message.view);
  });
  api.postMessage({ type: 'ready' });
}
