import { fuzz } from './fuzz.ts';

describe('The API (socket)', () => fuzz('socket'));
