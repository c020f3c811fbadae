"""Russian as Django has it, except that a moment names its time zone."""

DATETIME_FORMAT = "j E Y г., H:i T"
SHORT_DATETIME_FORMAT = "d.m.Y H:i T"
