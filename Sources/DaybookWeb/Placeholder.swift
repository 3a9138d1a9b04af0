import Hummingbird
import Mustache
import Crypto
import NIOCore
