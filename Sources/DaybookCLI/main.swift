import Hummingbird
import ArgumentParser
import Configuration
import ServiceLifecycle
import Logging
print("")
