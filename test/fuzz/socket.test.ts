import { transports } from '../support/api.ts';
import { fuzz } from './fuzz.ts';

(transports.includes('socket') ? describe : describe.skip)('The API (socket)', () => fuzz('socket'));
