# Answers every request with a greeting: a stand-in for a real service, small enough to read quickly.
#   perl app.pl            serves HTTP on $PORT
#   perl app.pl --probe    exit 0 if the service answers (the image's health check)
use strict;
use warnings;
use IO::Socket::INET;

my $port = $ENV{PORT} || 8080;

if (($ARGV[0] // '') eq '--probe') {
  my $peer = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port, Timeout => 2) or exit 1;
  print $peer "GET / HTTP/1.0\r\n\r\n";
  exit((<$peer> // '') =~ m{^HTTP/1\.1 200} ? 0 : 1);
}

$SIG{TERM} = sub { exit 0 };
my $server = IO::Socket::INET->new(LocalPort => $port, Listen => 16, ReuseAddr => 1) or die "port $port: $!\n";
while (1) {
  # accept returns undef if a signal interrupts it.
  my $client = $server->accept or next;
  serve($client);
  close $client;
}

sub serve {
  my ($client) = @_;
  # A silent client must not keep the others waiting.
  $client->setsockopt(SOL_SOCKET, SO_RCVTIMEO, pack('l!l!', 2, 0));
  my $request = <$client> // return;
  1 while (<$client> // '') =~ /\S/;
  my ($status, $body) = $request =~ m{^GET / } ? ('200 OK', "ahoy\n") : ('404 Not Found', "nothing here\n");
  print $client "HTTP/1.1 $status\r\nContent-Type: text/plain\r\nContent-Length: ", length $body,
    "\r\nConnection: close\r\n\r\n$body";
}
