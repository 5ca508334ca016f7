# Reads workbooks with Spreadsheet::ParseXLSX: a file name a line, answered by a line of
# JSON as read_openpyxl.py does. Perl does not tell numbers from text: "?" and the value.
use strict;
use warnings;
use Encode;
use JSON::PP;
use Spreadsheet::ParseXLSX;
use Spreadsheet::ParseExcel::Utility qw(int2col);

$| = 1;
while (my $file = <STDIN>) {
    chomp $file;
    my %answer;
    my $book = eval { Spreadsheet::ParseXLSX->new->parse($file) };
    if (!$book) {
        $answer{error} = $@ || "not read";
    } else {
        my %cells;
        for my $ws ($book->worksheets) {
            my ($r0, $r1) = $ws->row_range;
            my ($c0, $c1) = $ws->col_range;
            for my $r ($r0 .. $r1) {
                for my $c ($c0 .. $c1) {
                    my $cell = $ws->get_cell($r, $c) or next;
                    my $v = $cell->unformatted;
                    $cells{ $ws->get_name . "!" . int2col($c) . ($r + 1) } = "?$v" if defined $v && $v ne "";
                }
            }
        }
        $answer{cells} = \%cells;
    }
    print JSON::PP->new->utf8->encode(\%answer), "\n";
}
