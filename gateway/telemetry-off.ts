/**
 * The query planner's package reports to its vendor once an hour unless this is in the environment before it is
 * imported. So this file is the first import of the program, and of the one file that imports
 * the package.
 */
process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
