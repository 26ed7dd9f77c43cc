import type { z } from '@hono/zod-openapi'
import type { Actor } from '@/lib/platform/actor'
import type { Slice } from '@/lib/platform/pagination/slice'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Reads answer GET too, with the parameters in the query. */
export const readMethods: Method[] = ['GET', 'POST']

/** Who asks, and where they reached us. */
export type RequestContext = {
  actor: Actor
  /** The API's address as the caller knows it, such as `https://keyholder.example.com/api`. */
  apiUrl: string
}

type Description = {
  /** Below `/api`, such as `/user_identities/get`. */
  path: string
  methods: Method[]
  /** What it does, in a few words. */
  summary: string
  /** What one has to know besides. */
  description?: string
  /** Whether Keyholder adds it to Seam's contract: Seam's API and its SDKs don't have it. */
  isKeyholderOwn?: boolean
  /** Whether what is sent or answered holds a secret, so that it is kept encrypted where it is kept at all. */
  tellsSecret?: boolean
  /** The types of refusal that it may answer with, beside those that every endpoint has. */
  refusals?: string[]
}

/** An endpoint of the contract as the application and the documentation know it. */
export type Endpoint = Description & {
  parameters: z.ZodObject
  /** The name under which the answer stands; null where there is none beside `ok`. */
  responseKey: string | null
  response: z.ZodType | null
  isPaged: boolean
  run: (context: RequestContext, parameters: Record<string, unknown>) => Promise<unknown>
}

/** One page of a list, and the id of its last item when there are more. */
export type PageAnswer<Item> = { items: Item[]; lastId: string | null }

/** An endpoint that answers with something. */
export function endpoint<Parameters extends z.ZodObject, Response extends z.ZodType>(
  definition: Description & {
    parameters: Parameters
    responseKey: string
    response: Response
    run: (context: RequestContext, parameters: z.output<Parameters>) => Promise<z.input<Response>>
  },
): Endpoint {
  return { ...definition, isPaged: false, run: definition.run as Endpoint['run'] }
}

/** An endpoint that does something and answers with nothing but `ok`. */
export function commandEndpoint<Parameters extends z.ZodObject>(
  definition: Description & {
    parameters: Parameters
    run: (context: RequestContext, parameters: z.output<Parameters>) => Promise<unknown>
  },
): Endpoint {
  return {
    ...definition,
    responseKey: null,
    response: null,
    isPaged: false,
    run: definition.run as Endpoint['run'],
  }
}

/** An endpoint that answers with a list in pages; `parameters` must contain `pageParameters`. */
export function pagedEndpoint<Parameters extends z.ZodObject, Item extends z.ZodType>(
  definition: Description & {
    parameters: Parameters
    responseKey: string
    item: Item
    run: (context: RequestContext, parameters: z.output<Parameters>, slice: Slice) => Promise<PageAnswer<z.input<Item>>>
  },
): Endpoint {
  const { item, run, ...description } = definition
  return {
    ...description,
    response: item.array(),
    isPaged: true,
    run: (context, parameters) =>
      run(context, parameters as z.output<Parameters>, {
        after: (parameters.page_cursor as string | null | undefined) ?? null,
        limit: parameters.limit as number,
      }),
  }
}
