import { transports } from '../support/api.ts';
import { fuzz } from './fuzz.ts';

describe.each(transports)('The API (%s)', fuzz);
