/** What docs/site/try.ts uses of Swagger UI, whose package has no types. */

interface SwaggerUiRequest {
  readonly url: string;
  readonly headers: Record<string, string>;
}

interface SwaggerUiResponse {
  readonly ok: boolean;
  /** Parsed, if it is JSON. */
  readonly body?: unknown;
}

interface SwaggerUiPlugin {
  readonly wrapComponents: Readonly<
    Record<
      string,
      (
        original: unknown,
        system: { readonly React: { createElement(type: string, props: null, children: unknown): unknown } },
      ) => (props: Readonly<Record<string, unknown>>) => unknown
    >
  >;
}

interface SwaggerUi {
  initOAuth(options: { readonly clientId: string; readonly usePkceWithAuthorizationCodeGrant: boolean }): void;
  readonly specActions: {
    changeParam(
      pathMethod: readonly [path: string, method: string],
      name: string,
      place: string,
      value: string,
      isXml: boolean,
    ): void;
  };
}

interface SwaggerUiOptions {
  readonly spec: object;
  readonly dom_id: string;
  readonly deepLinking: boolean;
  readonly tryItOutEnabled: boolean;
  readonly displayOperationId: boolean;
  readonly displayRequestDuration: boolean;
  readonly docExpansion: 'list';
  readonly defaultModelsExpandDepth: number;
  readonly validatorUrl: null;
  readonly oauth2RedirectUrl: string;
  readonly plugins: readonly (() => SwaggerUiPlugin)[];
  requestInterceptor(request: SwaggerUiRequest): SwaggerUiRequest;
  responseInterceptor(response: SwaggerUiResponse): SwaggerUiResponse;
}

declare function SwaggerUIBundle(options: SwaggerUiOptions): SwaggerUi;
