/** The parts of the server that the tests use; the package brings no types. */
declare module '@20minutes/s3rver' {
  export default class S3rver {
    constructor(options: {
      address: string;
      port: number;
      silent: boolean;
      directory: string;
      configureBuckets: { name: string }[];
    });
    run(): Promise<{ port: number }>;
    close(): Promise<void>;
    store: {
      listObjects(bucket: string, options: { maxKeys: number }): Promise<{ objects: { key: string }[] }>;
    };
  }
}
