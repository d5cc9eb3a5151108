/** What a person asks for, from any view. `folder` is the key of a workspace folder; ids are as in `pipebase.yaml`. */
export type Intent =
  | { readonly kind: 'deploy'; readonly folder: string; readonly flow: string; readonly environment: string }
  | { readonly kind: 'promote'; readonly folder: string; readonly flow: string; readonly from: string }
  | { readonly kind: 'undeploy'; readonly folder: string; readonly flow: string; readonly environment: string };
