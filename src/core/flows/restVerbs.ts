/** The verbs under which a `rest` holds operations. */
export const restVerbs: readonly string[] = ['get', 'post', 'put', 'delete', 'patch', 'head'];
