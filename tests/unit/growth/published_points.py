"""Points of WHO's published tables, as printed: to one decimal, at -3, -2, -1, 0, +1, +2 and +3 standard deviations."""

from __future__ import annotations

from ldbu_desktop.growth.model import Measure, Sex

BIRTH, HALF_YEAR, YEAR, TWO_YEARS, FIVE_YEARS, TEN_YEARS, NINETEEN_YEARS = 0, 183, 365, 731, 1826, 3652, 6939

STANDARDS_2006 = {
    (Measure.WEIGHT, Sex.MALE, BIRTH): (2.1, 2.5, 2.9, 3.3, 3.9, 4.4, 5.0),
    (Measure.WEIGHT, Sex.MALE, HALF_YEAR): (5.7, 6.4, 7.1, 7.9, 8.8, 9.8, 10.9),
    (Measure.WEIGHT, Sex.MALE, YEAR): (6.9, 7.7, 8.6, 9.6, 10.8, 12.0, 13.3),
    (Measure.WEIGHT, Sex.MALE, TWO_YEARS): (8.6, 9.7, 10.8, 12.2, 13.6, 15.3, 17.1),
    (Measure.WEIGHT, Sex.MALE, FIVE_YEARS): (12.4, 14.1, 16.0, 18.3, 21.0, 24.2, 27.9),
    (Measure.WEIGHT, Sex.FEMALE, BIRTH): (2.0, 2.4, 2.8, 3.2, 3.7, 4.2, 4.8),
    (Measure.WEIGHT, Sex.FEMALE, HALF_YEAR): (5.1, 5.7, 6.5, 7.3, 8.2, 9.3, 10.6),
    (Measure.WEIGHT, Sex.FEMALE, YEAR): (6.3, 7.0, 7.9, 8.9, 10.1, 11.5, 13.1),
    (Measure.WEIGHT, Sex.FEMALE, TWO_YEARS): (8.1, 9.0, 10.2, 11.5, 13.0, 14.8, 17.0),
    (Measure.WEIGHT, Sex.FEMALE, FIVE_YEARS): (12.1, 13.7, 15.8, 18.2, 21.2, 24.9, 29.5),
    (Measure.HEIGHT, Sex.MALE, BIRTH): (44.2, 46.1, 48.0, 49.9, 51.8, 53.7, 55.6),
    (Measure.HEIGHT, Sex.MALE, HALF_YEAR): (61.2, 63.3, 65.5, 67.6, 69.8, 71.9, 74.0),
    (Measure.HEIGHT, Sex.MALE, YEAR): (68.6, 71.0, 73.4, 75.7, 78.1, 80.5, 82.9),
    (Measure.HEIGHT, Sex.MALE, TWO_YEARS): (78.0, 81.0, 84.1, 87.1, 90.2, 93.2, 96.3),
    (Measure.HEIGHT, Sex.MALE, FIVE_YEARS): (96.1, 100.7, 105.3, 110.0, 114.6, 119.2, 123.9),
    (Measure.HEIGHT, Sex.FEMALE, BIRTH): (43.6, 45.4, 47.3, 49.1, 51.0, 52.9, 54.7),
    (Measure.HEIGHT, Sex.FEMALE, HALF_YEAR): (58.9, 61.2, 63.5, 65.7, 68.0, 70.3, 72.5),
    (Measure.HEIGHT, Sex.FEMALE, YEAR): (66.3, 68.9, 71.4, 74.0, 76.6, 79.2, 81.7),
    (Measure.HEIGHT, Sex.FEMALE, TWO_YEARS): (76.0, 79.3, 82.5, 85.7, 88.9, 92.2, 95.4),
    (Measure.HEIGHT, Sex.FEMALE, FIVE_YEARS): (95.2, 99.9, 104.7, 109.4, 114.2, 118.9, 123.7),
    (Measure.HEAD, Sex.MALE, BIRTH): (30.7, 31.9, 33.2, 34.5, 35.7, 37.0, 38.3),
    (Measure.HEAD, Sex.MALE, HALF_YEAR): (39.7, 40.9, 42.1, 43.3, 44.6, 45.8, 47.0),
    (Measure.HEAD, Sex.MALE, YEAR): (42.2, 43.5, 44.8, 46.1, 47.4, 48.6, 49.9),
    (Measure.HEAD, Sex.MALE, TWO_YEARS): (44.2, 45.5, 46.9, 48.3, 49.6, 51.0, 52.3),
    (Measure.HEAD, Sex.MALE, FIVE_YEARS): (46.3, 47.7, 49.2, 50.7, 52.2, 53.7, 55.2),
    (Measure.HEAD, Sex.FEMALE, BIRTH): (30.3, 31.5, 32.7, 33.9, 35.1, 36.2, 37.4),
    (Measure.HEAD, Sex.FEMALE, HALF_YEAR): (38.3, 39.6, 40.9, 42.2, 43.5, 44.8, 46.1),
    (Measure.HEAD, Sex.FEMALE, YEAR): (40.8, 42.2, 43.5, 44.9, 46.3, 47.6, 49.0),
    (Measure.HEAD, Sex.FEMALE, TWO_YEARS): (43.0, 44.4, 45.8, 47.2, 48.6, 50.0, 51.4),
    (Measure.HEAD, Sex.FEMALE, FIVE_YEARS): (45.7, 47.1, 48.5, 49.9, 51.3, 52.8, 54.2),
    (Measure.BMI, Sex.MALE, BIRTH): (10.2, 11.1, 12.2, 13.4, 14.8, 16.3, 18.1),
    (Measure.BMI, Sex.MALE, YEAR): (13.4, 14.4, 15.5, 16.8, 18.2, 19.8, 21.6),
    (Measure.BMI, Sex.MALE, TWO_YEARS): (12.9, 13.8, 14.8, 16.0, 17.3, 18.9, 20.6),
    (Measure.BMI, Sex.MALE, FIVE_YEARS): (12.0, 12.9, 14.0, 15.2, 16.6, 18.3, 20.3),
    (Measure.BMI, Sex.FEMALE, BIRTH): (10.1, 11.1, 12.2, 13.3, 14.6, 16.1, 17.7),
    (Measure.BMI, Sex.FEMALE, YEAR): (12.7, 13.8, 15.0, 16.4, 17.9, 19.6, 21.6),
    (Measure.BMI, Sex.FEMALE, TWO_YEARS): (12.4, 13.3, 14.4, 15.7, 17.1, 18.7, 20.6),
    (Measure.BMI, Sex.FEMALE, FIVE_YEARS): (11.6, 12.7, 13.9, 15.3, 16.9, 18.8, 21.1),
}
"""WHO Child Growth Standards 2006; two years is the first standing height."""

REFERENCE_2007 = {
    (Measure.WEIGHT, Sex.MALE, TEN_YEARS): (20.4, 23.2, 26.7, 31.2, 37.0, 45.0, 56.4),
    (Measure.WEIGHT, Sex.FEMALE, TEN_YEARS): (20.3, 23.3, 27.0, 31.9, 38.2, 46.9, 59.2),
    (Measure.HEIGHT, Sex.MALE, TEN_YEARS): (118.7, 125.0, 131.4, 137.8, 144.2, 150.5, 156.9),
    (Measure.HEIGHT, Sex.FEMALE, TEN_YEARS): (119.4, 125.8, 132.2, 138.6, 145.0, 151.4, 157.8),
    (Measure.HEIGHT, Sex.MALE, NINETEEN_YEARS): (154.6, 161.9, 169.2, 176.5, 183.8, 191.1, 198.4),
    (Measure.HEIGHT, Sex.FEMALE, NINETEEN_YEARS): (143.5, 150.1, 156.6, 163.2, 169.7, 176.2, 182.8),
    (Measure.BMI, Sex.MALE, TEN_YEARS): (12.8, 13.7, 14.9, 16.4, 18.5, 21.4, 26.1),
    (Measure.BMI, Sex.FEMALE, TEN_YEARS): (12.4, 13.5, 14.8, 16.6, 19.0, 22.6, 28.4),
    (Measure.BMI, Sex.MALE, NINETEEN_YEARS): (15.9, 17.6, 19.6, 22.2, 25.4, 29.7, 35.5),
    (Measure.BMI, Sex.FEMALE, NINETEEN_YEARS): (14.7, 16.5, 18.7, 21.4, 25.0, 29.7, 36.2),
}
"""WHO Reference 2007."""

ROUNDED = 0.075
"""What a printed value may differ: half a decimal, and half a day for months that end between two days."""
