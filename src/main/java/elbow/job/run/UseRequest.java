package elbow.job.run;

import elbow.data.source.ReadRequest;

/**
 * What every run takes that makes a table of rows by a model.
 *
 * @param model model directory
 * @param input the rows
 * @param output the table
 */
public record UseRequest(String model, ReadRequest input, TableRequest output) {}
