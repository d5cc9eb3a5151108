/** esbuild puts the style beside the script, as `matrix.css`. */
declare module '*.css';
