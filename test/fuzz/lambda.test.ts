import { transports } from '../support/api.ts';
import { fuzz } from './fuzz.ts';

(transports.includes('lambda') ? describe : describe.skip)('The API (lambda)', () => fuzz('lambda'));
