namespace Protonmotive.Fitting.Starts.Oscillations;

/// <summary>How well a recorded course can be laid over the data.</summary>
/// <param name="Value">What is minimised: about −ln likelihood above that of a constant, plus what stretching and a start beyond its bounds cost.</param>
/// <param name="Row">Row of the first experiment's course that lies over the start of the data.</param>
/// <param name="Stretch">Time of the course that passes in one of the data's.</param>
internal readonly record struct CourseMatch(double Value, int Row, double Stretch);
