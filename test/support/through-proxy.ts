import { startTestApi, type TestApi, type TransportName } from './api.ts';
import { type LossyProxy, startLossyProxy } from './lossy-proxy.ts';
import { testSettings } from './tables.ts';

export interface ApiThroughProxy {
  readonly api: TestApi;
  readonly proxy: LossyProxy;
  stop(): Promise<void>;
}

/** Starts the API with a proxy in front of its database. Call `stop` in `afterAll`. */
export async function startApiThroughProxy(transport: TransportName): Promise<ApiThroughProxy> {
  const { endpoint } = testSettings();
  const proxy = await startLossyProxy(endpoint);
  process.env['DYNAMODB_ENDPOINT'] = proxy.endpoint;
  const api = await startTestApi(transport);
  return {
    api,
    proxy,
    async stop() {
      await api.stop();
      process.env['DYNAMODB_ENDPOINT'] = endpoint;
      await proxy.close();
    },
  };
}
