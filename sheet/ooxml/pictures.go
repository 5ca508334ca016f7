package ooxml

// A picture can fill a cell in two ways. WPS stores a formula,
// DISPIMG("ID_…",1), with its own text as the value; programs that do not know
// the function keep that text, or show #NAME?. Excel stores the error #VALUE!
// for older programs, and a number (vm) of the value in metadata.xml, which
// leads over richData/rdrichvalue.xml to the name of a structure.
