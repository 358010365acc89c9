# A small web service in what Perl's base package has: the update of that package is what could break it.
use strict;
use warnings;
use IO::Socket::INET;

if (@ARGV && $ARGV[0] eq '--probe') {
    my $server = IO::Socket::INET->new('127.0.0.1:8080') or exit 1;
    print $server "GET / HTTP/1.0\r\n\r\n";
    local $/;
    exit(<$server> =~ /\r\n\r\nahoy\n$/ ? 0 : 1);
}

my $port = IO::Socket::INET->new(LocalAddr => '0.0.0.0:8080', Listen => 5, ReuseAddr => 1) or die "no port: $@";
while (my $client = $port->accept) {
    while (<$client>) { last if /^\r?\n$/ }
    print $client "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nahoy\n";
    close $client;
}
