import * as z from 'zod';
import type { PutFlowAnswer } from '../core/ports';
import { withoutUndefined } from './withoutUndefined';

/** Any 2xx is a success (decided), so a body that says nothing, or something else, is no error. */
export const putAnswerSchema = z
  .object({
    hash: z.string().min(1).optional().catch(undefined),
    routeCount: z.int().nonnegative().optional().catch(undefined),
  })
  .transform((answer): PutFlowAnswer => withoutUndefined(answer))
  .catch({});
