import { listening } from './listening.mjs';
import { app } from './plain-app.mjs';

const server = app.listen(0, '127.0.0.1', () => listening(server.address().port));
